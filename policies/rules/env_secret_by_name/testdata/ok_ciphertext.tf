# KMS encrypts these values.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      SLACK_HOOK_SECRET = "AQICAHgfeNEqg9w1judAmfJLpP1WrwhhuhNsxR530CmC2zSN5j+Y8Uqj/FWuB2C5EmvEHXbPKIHaM4zlPpfwSaL7VK0GX7gRasMcdc4ngNkyi+Q9lu9IofpTrAVetxBpwht0zSZ/2DGK4zyV7keg+VKrBF22D2jBGnPMJX7XMIniO5TtRp/4UaoDXLUOZ8AZcsskfdYviOE6k+w="
      DB_PASSWORD = "AQICAHgfeNEqg9w1judAmfJLpP1WrwhhuhNsxR530CmC2zSN5j+Y8Uqj/FWuB2C5EmvEHXbPKIHaM4zlPpfwSaL7VK0GX7gRasMcdc4ngNkyi+Q9lu9IofpTrAVetxBpwht0zSZ/2DGK4zyV7keg+VKrBF22D2jBGnPMJX7XMIniO5TtRp/4UaoDXLUOZ8AZcsskfdYviOE6k+w="
    }
  }
}
