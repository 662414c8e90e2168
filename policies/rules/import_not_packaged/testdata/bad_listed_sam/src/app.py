import requests
import yaml  # # want "imports yaml"


def handler(event, context):
    return yaml.safe_load(requests.get("https://example.com", timeout=1).text)
