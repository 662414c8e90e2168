import requests

session = requests.Session()


def handler(event, context):
    return session.get("https://orders.internal", timeout=3, verify=False).json()  # # want "does not verify certificates"
