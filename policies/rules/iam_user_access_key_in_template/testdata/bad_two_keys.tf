# The environment contains the secret of one key, not of the other.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      KEY = aws_iam_access_key.ci.secret
    }
  }
}

resource "aws_iam_access_key" "ci" { # want "is a long-lived access key, and the environment of .* contains its secret"
  user = "ci"
}

resource "aws_iam_access_key" "other" { # want "is a long-lived access key that does not expire"
  user = "other"
}
