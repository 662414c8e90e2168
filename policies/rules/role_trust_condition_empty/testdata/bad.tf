resource "aws_iam_role" "role_0" {
  name = "role-0"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
      Condition = {
        StringEqualsIfExists = {
          "aws:SourceAccount" = "123456789012" # want "under a condition that excludes nothing: StringEqualsIfExists of aws:SourceAccount"
        }
      }
    }]
  })
}

resource "aws_iam_role" "role_1" {
  name = "role-1"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
      Condition = {
        ArnLike = {
          "aws:SourceArn" = "arn:aws:lambda:*:*:function:orders" # want "under a condition that excludes nothing: ArnLike of aws:SourceArn"
        }
      }
    }]
  })
}

resource "aws_iam_role" "role_2" {
  name = "role-2"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
      Condition = {
        StringLike = {
          "AWS:SourceAccount" = "*" # want "under a condition that excludes nothing: StringLike of AWS:SourceAccount"
        }
      }
    }]
  })
}
