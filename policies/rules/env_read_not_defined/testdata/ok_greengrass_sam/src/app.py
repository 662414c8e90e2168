import os

import greengrasssdk

client = greengrasssdk.client("iot-data")


def handler(event, context):
    client.publish(topic=os.environ["CORE_NAME"], payload=event["text"])
