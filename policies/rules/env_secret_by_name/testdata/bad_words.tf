# Names without separators, and passwords that consist of words.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      GITHUBTOKEN = "Zk93nQ8x81Lp77aa" # want "it is named like a secret"
      DBPASSWORD = "Yc7QmT2xLp" # want "it is named like a secret"
      DB_PASSWORD = "correct horse battery staple" # want "it is named like a secret"
      ADMIN_PASSWORD = "correct-horse-battery-staple" # want "it is named like a secret"
    }
  }
}
