import os

TABLE = os.environ["TABLE"]
BUCKET = os.environ["BUCKET"]  # # want "does not set the environment variable BUCKET"


def handler(event, context):
    return TABLE
