resource "aws_lambdaweb_function_endpoint" "shop" {
  function_name = "shop"
  endpoint_name = "prod"
  endpoint_type = "HomeRegion"
  auth_type     = "IamAuth"
}
