resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DATABASE        = "postgres://db.internal:5432/orders"
      DATABASE_SECRET = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:orders-AbCdEf"
      COMMIT          = "9f2c1e7ab04d5566f0e1d2c3b4a5968778695a4b"
      POOL            = "eu-west-1_aBcDeFgHi"
      DEPLOY          = "<your token>"
      WITH_EXAMPLE    = "postgres://user:password@localhost/orders"
    }
  }
}
