resource "aws_ssm_parameter" "p" {
  name  = "/orders/database"
  type  = "String" # want "type is .*, and its value has the form url-password"
  value = "postgres://orders:Yc7QmT2xLp@db.internal:5432/orders"
}
