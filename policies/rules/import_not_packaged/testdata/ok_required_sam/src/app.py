import requests
import urllib3
import idna


def handler(event, context):
    return idna.encode(requests.get("https://example.com", timeout=1).text)
