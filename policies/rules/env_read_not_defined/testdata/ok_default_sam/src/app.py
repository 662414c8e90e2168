import os


def handler(event, context):
    return os.environ.get("TABLE"), os.getenv("BUCKET"), os.environ["AWS_REGION"], os.environ["HOME"]
