"""Reads articles: language, tone, mentions of agencies, units and regions, sentiment toward each."""

import os

# onnxruntime keeps a device id in HOME and reports its use to its maker unless told before it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
