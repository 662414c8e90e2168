resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = "a1b2c3d4e5"
  stage_name  = "prod"
  method_path = "*/*"

  settings {
    caching_enabled                         = true
    cache_data_encrypted                    = true
    require_authorization_for_cache_control = false # want "lets every client invalidate cached responses"
  }
}
