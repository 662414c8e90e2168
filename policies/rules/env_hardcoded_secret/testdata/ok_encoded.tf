# An image, a certificate, a KMS ciphertext and connections without a password.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      LOGO = "iVBORw0KGgoAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFk="
      CERTIFICATE = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUVvd0lCQUFLQ0FRRUF4M0o5a1F2VDJtN0xaYk5mWXc4c1JjUHFHaDR1VnRLalhvRWFEaU16Qm5IbFNnV3kKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="
      DD_KMS_API_KEY = "AQICAHgfeNEqg9w1judAmfJLpP1WrwhhuhNsxR530CmC2zSN5j+Y8Uqj/FWuB2C5EmvEHXbPKIHaM4zlPpfwSaL7VK0GX7gRasMcdc4ngNkyi+Q9lu9IofpTrAVetxBpwht0zSZ/2DGK4zyV7keg+VKrBF22D2jBGnPMJX7XMIniO5TtRp/4UaoDXLUOZ8AZcsskfdYviOE6k+w="
      JDBC = "jdbc:postgresql://db.internal:5432/orders?user=orders"
      ORACLE = "jdbc:oracle:thin:@//db.internal:1521/orders"
      MYSQL = "orders:${var.password}@tcp(db.internal:3306)/orders"
    }
  }
}

variable "password" {
  type = string
}
