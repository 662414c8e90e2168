resource "aws_iam_role" "shared" { # want "Execution role aws_iam_role.shared is shared by aws_lambda_function.orders and aws_lambdaweb_function_revision.shop"
  name               = "shared"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "shared" {
  role   = aws_iam_role.shared.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "dynamodb:GetItem", Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/orders" }] })
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.shared.arn
  handler       = "index.handler"
  runtime       = "nodejs24.x"
  filename      = "orders.zip"
}

resource "aws_lambdaweb_function" "shop" {
  function_name = "shop"
}

resource "aws_lambdaweb_function_revision" "shop" {
  function_name = aws_lambdaweb_function.shop.function_name

  build_config {
    runtime_config {
      runtime = "nodejs24.x"
    }

    code_config {
      s3_object {
        bucket     = "artifacts"
        key        = "shop.zip"
        version_id = "1"
      }
    }
  }

  service_config {
    execution_role_arn = aws_iam_role.shared.arn
  }
}
