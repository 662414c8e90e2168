def handler(event, context):
    return event["role"]


if __name__ == "__main__":
    handler({"role": "arn:aws:iam::123456789012:role/orders"}, None)
