import requests


def handler(event, context):
    return requests.get("https://api.example.com").json()  # # want "without a timeout"
