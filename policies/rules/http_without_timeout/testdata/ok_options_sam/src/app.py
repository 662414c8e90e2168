import requests

OPTIONS = {"timeout": 3}


def handler(event, context):
    return requests.get("https://api.example.com", **OPTIONS).json()
