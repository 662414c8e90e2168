resource "aws_ssm_parameter" "p" {
  name  = "/orders/db-password-arn"
  type  = "String"
  value = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:orders"
}
