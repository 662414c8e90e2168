resource "aws_lambdaweb_function_endpoint" "shop" { # want "has neither a rate limit nor a maximum of environments"
  function_name = "shop"
  endpoint_name = "prod"
  endpoint_type = "HomeRegion"
  auth_type     = "ApplicationManaged"
}
