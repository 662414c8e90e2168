import cfnresponse


def handler(event, context):
    print(f"event: {event}")  # # want "presigned URL"
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {})
