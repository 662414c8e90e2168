variable "account" {
  type = string
}

resource "aws_iam_role" "role_0" {
  name = "role-0"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
      Condition = {
        StringLike = {
          "aws:SourceAccount" = var.account
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
          "aws:SourceArn" = var.account
        }
      }
    }]
  })
}
