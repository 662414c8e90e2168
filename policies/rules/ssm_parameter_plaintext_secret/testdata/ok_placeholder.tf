resource "aws_ssm_parameter" "p" {
  name  = "/orders/api-token"
  type  = "String"
  value = "to-be-set-by-ops"
}
