import os

os.environ["TABLE"] = "orders"
TABLE = os.environ["TABLE"]


def handler(event, context):
    return TABLE
