import boto3

s3 = boto3.client("s3")


def handler(event, context):
    s3.download_file("bucket", event["key"], "/tmp/report.csv")
    return len(open("/tmp/report.csv").read())
