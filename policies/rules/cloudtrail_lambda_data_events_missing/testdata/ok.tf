resource "aws_cloudtrail" "all" {
  name           = "all"
  s3_bucket_name = "trail"

  event_selector {
    read_write_type = "All"

    data_resource {
      type   = "AWS::Lambda::Function"
      values = ["arn:aws:lambda"]
    }
  }
}

resource "aws_cloudtrail" "other" {
  name           = "other"
  s3_bucket_name = "trail"
}
