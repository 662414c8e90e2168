try:
    import orjson as json
except ImportError:
    import json


def handler(event, context):
    return json.dumps(event)
