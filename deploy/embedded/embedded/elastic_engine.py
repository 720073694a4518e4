"""The Elasticsearch node: the published server jars, started by our own small launcher."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path

from embedded import java
from embedded.engine import Engine, JavaTuning, archive_paths, log4j_config, marker_for
from embedded.layout import EnginesLayout, RunLayout
from embedded.ports import LOOPBACK, Ports

NAME = "elasticsearch"
_REQUEST_TIMEOUT_S = 3.0
_LAUNCHER = "pantau.embedded.NodeLauncher"


def elastic_engine(engines: EnginesLayout, run: RunLayout, ports: Ports, tuning: JavaTuning) -> Engine:
    """Describe the node of one run."""
    data, config = run.engine_data(NAME), run.engine_config(NAME)
    logging = config / "log4j2.properties"
    scratch = run.run / "tmp" / NAME
    marker = marker_for(NAME, data)
    archive, draft = archive_paths(engines, NAME, data)
    command = [str(java.JAVA), *tuning.flags()]
    command += java.archive_flags(archive, draft)
    command += [
        f"-Dlog4j2.configurationFile={logging}",
        f"-Djava.io.tmpdir={scratch}",
        f"-Des.path.home={engines.elastic_home}",
        marker,
        "-cp",
        java.classpath(engines.elastic_lib),
        _LAUNCHER,
        str(config),
    ]
    return Engine(
        name=NAME,
        marker=marker,
        command=command,
        config={
            config / "elasticsearch.yml": node_settings(engines.elastic_home, data, run.logs, ports),
            logging: log4j_config(run.engine_log(NAME), {"org.elasticsearch.deprecation": "error"}),
        },
        ports=(
            ("Elasticsearch", ports.elastic, "PANTAU_ELASTIC_PORT"),
            ("Elasticsearch's transport", ports.elastic_transport, "PANTAU_ELASTIC_TRANSPORT_PORT"),
        ),
        heap_mb=tuning.heap_mb,
        stop_timeout_s=30.0,
        archive=archive,
        archive_draft=draft,
        check=lambda: _why_not_ready(ports.elastic),
        prepare=lambda: scratch.mkdir(parents=True, exist_ok=True),
    )


def node_settings(home: Path, data: Path, logs: Path, ports: Ports) -> str:
    """elasticsearch.yml, as JSON (which is YAML too, and needs no quoting rules of our own).

    The disk thresholds of the server are off: they are shares of the whole disk and would make indices read-only
    on a well-filled laptop; the stack checks for free megabytes itself.
    """
    values = {
        "cluster.name": "pantau-embedded",
        "node.name": "embedded",
        "path.home": str(home),
        "path.data": str(data),
        "path.logs": str(logs),
        "path.repo": [str(data.parent / "snapshots")],
        "network.host": LOOPBACK,
        "http.port": ports.elastic,
        "transport.port": ports.elastic_transport,
        "http.type": "netty4",
        "transport.type": "netty4",
        "discovery.type": "single-node",
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "action.auto_create_index": False,
        "node.processors": 2,
    }
    return json.dumps(values, indent=2) + "\n"


def _why_not_ready(port: int) -> str | None:
    """Ask for the cluster's health; every primary shard must be there."""
    url = f"http://{LOOPBACK}:{port}/_cluster/health?wait_for_status=yellow&timeout=1s"
    try:
        with urllib.request.urlopen(url, timeout=_REQUEST_TIMEOUT_S) as answer:
            status = json.load(answer)["status"]
    except urllib.error.HTTPError as problem:
        return f"the cluster is not ready (HTTP {problem.code})"
    except (OSError, ValueError) as problem:
        return f"no answer ({type(problem).__name__})"
    return None if status in {"yellow", "green"} else f"the cluster is {status}"
