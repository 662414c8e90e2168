resource "aws_ssm_parameter" "p" {
  name  = "/orders/level"
  type  = "String"
  value = "debug"
}
