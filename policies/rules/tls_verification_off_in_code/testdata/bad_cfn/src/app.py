import requests


def handler(event, context):
    return requests.get("https://api.example.com", verify=False, timeout=5).json()  # # want "does not verify"
