"""A broker of a test's own that asks who comes, with TLS and passwords, as an installation outside would."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from embedded.install import install
from embedded.ports import free_tcp_ports
from embedded.testing import new_stack, silent
from kafka import KafkaAdminClient
from kafka.admin import ScramMechanism, UserScramCredentialUpsertion

from tests.waiting import until

USER, PASSWORD = "pantau", "rahasia-uji"
_PLAIN_LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
_SCRAM_LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required;"


@dataclass(frozen=True)
class SecuredBroker:
    """Where it listens: in clear for the test itself, with SASL, with SASL over TLS, with TLS alone."""

    clear: str
    sasl: str
    sasl_tls: str
    tls: str
    ca_file: Path


@contextmanager
def secured_broker(folder: Path) -> Iterator[SecuredBroker]:
    """Run the broker for the block. User and password are USER and PASSWORD, by PLAIN and by SCRAM."""
    stack = new_stack(folder)
    install(stack.installed, silent)
    engine, run, clear = stack.engines()[0], stack.run, stack.ports.kafka
    sasl, sasl_tls, tls = free_tcp_ports(3)
    authority = trustme.CA()
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    ports = {"CLEAR": clear, "SASL": sasl, "SASLTLS": sasl_tls, "TLS": tls}
    for path, text in engine.config.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        secured = path.name == "server.properties"
        path.write_text(
            text + _security(ports, stack.ports.kafka_controller, authority) if secured else text, encoding="utf-8"
        )
    run.engine_data("kafka").mkdir(parents=True)
    run.logs.mkdir(parents=True)
    engine.prepare()
    process = subprocess.Popen(engine.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: engine.check() is None, within_s=60, what="the secured broker answers")
        _make_scram_user(f"127.0.0.1:{clear}")
        yield SecuredBroker(*(f"127.0.0.1:{port}" for port in ports.values()), ca_file)
    finally:
        process.terminate()
        process.wait(30)


def _security(ports: dict[str, int], controller: int, authority: trustme.CA) -> str:
    issued = authority.issue_cert("127.0.0.1", "localhost")
    key = load_pem_private_key(issued.private_key_pem.bytes(), None)
    pkcs8 = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    chain = "".join(blob.bytes().decode() for blob in issued.cert_chain_pems)
    listeners = [f"{name}://127.0.0.1:{port}" for name, port in ports.items()]
    values = {
        "listeners": ",".join([*listeners, f"CONTROLLER://127.0.0.1:{controller}"]),
        "advertised.listeners": ",".join(listeners),
        "listener.security.protocol.map": (
            "CLEAR:PLAINTEXT,SASL:SASL_PLAINTEXT,SASLTLS:SASL_SSL,TLS:SSL,CONTROLLER:PLAINTEXT"
        ),
        "inter.broker.listener.name": "CLEAR",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.certificate.chain": _one_line(chain),
        "ssl.keystore.key": _one_line(pkcs8),
    }
    for listener in ("sasl", "sasltls"):
        prefix = f"listener.name.{listener}."
        values[f"{prefix}sasl.enabled.mechanisms"] = "PLAIN,SCRAM-SHA-512"
        values[f"{prefix}plain.sasl.jaas.config"] = f'{_PLAIN_LOGIN} user_{USER}="{PASSWORD}";'
        values[f"{prefix}scram-sha-512.sasl.jaas.config"] = _SCRAM_LOGIN
    return "".join(f"{name}={value}\n" for name, value in values.items())


def _one_line(pem: str) -> str:
    """Return the text as one value of a properties file."""
    return pem.replace("\n", "\\n")


def _make_scram_user(bootstrap: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    admin.alter_user_scram_credentials([UserScramCredentialUpsertion(USER, ScramMechanism.SCRAM_SHA_512, PASSWORD)])
    admin.close()
