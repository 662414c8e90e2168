resource "aws_cloudtrail" "all" { # want "aws_cloudtrail.all records no invocations of functions"
  name           = "all"
  s3_bucket_name = "trail"

  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }

    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
  }
}
