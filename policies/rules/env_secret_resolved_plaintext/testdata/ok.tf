resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_SECRET_ARN = aws_secretsmanager_secret.db.arn
      HOST          = jsondecode(data.aws_secretsmanager_secret_version.db.secret_string)["host"]
      LEVEL         = data.aws_ssm_parameter.level.value
    }
  }
}

resource "aws_secretsmanager_secret" "db" {
  name = "orders/db"
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = "orders/db"
}

data "aws_ssm_parameter" "level" {
  name = "/orders/level"
}
