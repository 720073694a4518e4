"""What an operator who mistypes something is told by `python -m embedded`."""

from pathlib import Path

import pytest
from embedded.cli import main, stack_of
from embedded.doctor import examine
from embedded.settings import EmbeddedSettings


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["status", "--port-offset", "60000"], "there is no port 79092: ports go from 1 to 65535"),
        (["run", "--port-offset", "-9000"], "there is no port -1000"),
        (["up", "--kafka-port", "0"], "there is no port 0"),
        (["up", "--kafka-port", "19200"], "port 19200 is given to two engines"),
    ],
)
def test_a_port_that_cannot_be_is_told_before_anything_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
):
    assert main([*arguments, "--home", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert "What to do: " in told.err
    assert "starting" not in told.out


def test_a_wrong_setting_is_told_by_its_name(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PANTAU_KAFKA_PORT", "abc")
    assert main(["status"]) == 2
    assert "error: PANTAU_KAFKA_PORT: input should be a valid integer" in capsys.readouterr().err


def test_a_home_that_cannot_be_a_folder_is_told_with_the_way_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    home = tmp_path / "home"
    home.write_text("a file stands here")
    assert main(["up", "--home", str(home)]) == 1
    told = capsys.readouterr().err
    assert f"{home / 'engines'} cannot be written" in told
    assert "PANTAU_HOME" in told


def test_the_sample_newsroom_cannot_stand_still(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["run", "--newsroom-speed", "0"])
    assert "--newsroom-speed: must be above 0" in capsys.readouterr().err


def test_the_doctor_looks_at_the_ports_of_the_run_that_is_asked_about(tmp_path: Path):
    stack = stack_of(EmbeddedSettings(home=tmp_path), 5000)
    seen = {finding.what for finding in examine(stack, 5000)}
    assert {"port 24092", "port 24200", "port 13000", "port 23080"} <= seen
    assert "port 8000" not in seen


def test_the_doctor_names_a_home_that_is_a_file(tmp_path: Path):
    home = tmp_path / "home"
    home.write_text("")
    (folder,) = [finding for finding in examine(stack_of(EmbeddedSettings(home=home), 0)) if finding.what == "folder"]
    assert folder.remedy is not None
