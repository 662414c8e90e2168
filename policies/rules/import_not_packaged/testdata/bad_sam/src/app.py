import json

import requests  # # want "imports requests, which neither the runtime nor the package contains"


def handler(event, context):
    return requests.get("https://example.com", timeout=1).json()
