import os

try:
    import orjson as json
except ImportError:
    import json

if os.environ.get("TRACE"):
    import ddtrace
elif os.environ.get("DEBUG"):
    import debugpy
else:
    import structlog


def handler(event, context):
    return json.dumps(event)
