variable "auth" {}
module "inner" {
  source = "../api"
  auth   = upper(var.auth)
}
output "auth" { value = module.inner.auth }
