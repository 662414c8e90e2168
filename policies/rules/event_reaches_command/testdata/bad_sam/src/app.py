import os


def handler(event, context):
    name = event["name"]
    return os.system(f"convert {name} out.png")  # # want "with os.system"
