variable "on" {}
locals {
  role    = aws_iam_role.plain
  by_name = { plain = aws_iam_role.plain.arn }
}
resource "aws_iam_role" "plain" { name = "plain" }
resource "aws_iam_role" "each" {
  for_each = toset(["a", "b"])
  name     = each.key
}
resource "aws_iam_role" "maybe" { count = var.on ? 1 : 0 }
module "roles" { source = "./roles" }

resource "aws_lambda_function" "by_arn" { role = aws_iam_role.plain.arn }
resource "aws_lambda_function" "by_local" { role = local.role.arn }
resource "aws_lambda_function" "by_map" { role = local.by_name["plain"] }
resource "aws_lambda_function" "by_key" { role = aws_iam_role.each["b"].arn }
resource "aws_lambda_function" "by_values" { role = values(aws_iam_role.each)[0].arn }
resource "aws_lambda_function" "by_one" { role = one(aws_iam_role.maybe[*].arn) }
resource "aws_lambda_function" "by_try" { role = try(aws_iam_role.maybe[0].arn, "none") }
resource "aws_lambda_function" "by_coalesce" { role = coalesce(null, aws_iam_role.plain.arn) }
resource "aws_lambda_function" "by_condition" { role = var.on ? aws_iam_role.plain.arn : aws_iam_role.each["a"].arn }
resource "aws_lambda_function" "by_output" { role = module.roles.arn }
resource "aws_lambda_function" "by_resource_output" { role = module.roles.role.arn }
resource "aws_lambda_function" "by_literal" { role = "arn:aws:iam::111122223333:role/plain" }
