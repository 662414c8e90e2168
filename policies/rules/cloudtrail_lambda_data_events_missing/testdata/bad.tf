resource "aws_cloudtrail" "all" { # want "aws_cloudtrail.all records no invocations of functions"
  name           = "all"
  s3_bucket_name = "trail"
}

resource "aws_cloudtrail" "objects" {
  name           = "objects"
  s3_bucket_name = "trail"

  event_selector { # want "aws_cloudtrail.objects records no invocations"
    read_write_type = "All"

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:lambda"]
    }
  }
}
