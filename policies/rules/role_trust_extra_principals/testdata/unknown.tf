variable "service" {
  type = string
}

variable "principals" {
  type = list(string)
}

data "aws_partition" "current" {}

data "aws_iam_policy_document" "orders" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.${data.aws_partition.current.dns_suffix}", var.service, "${var.service}.amazonaws.com"]
    }

    principals {
      type        = "AWS"
      identifiers = var.principals
    }
  }

  dynamic "statement" {
    for_each = var.principals

    content {
      actions = ["sts:AssumeRole"]

      principals {
        type        = "AWS"
        identifiers = [statement.value]
      }
    }
  }
}

resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = data.aws_iam_policy_document.orders.json
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}
