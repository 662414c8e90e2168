import subprocess


def handler(event, context):
    return subprocess.run(["ls", event["path"]])
