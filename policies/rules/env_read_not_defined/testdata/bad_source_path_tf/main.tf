locals {
  forms = {
    directory = "${path.module}/src"
    file      = "${path.module}/src/app.py"
    list      = ["${path.module}/lib", "${path.module}/src"]
    object    = { path = "${path.module}/src", pip_requirements = true }
    objects   = [{ path = "${path.module}/lib", commands = [":zip"] }, { path = "${path.module}/src", patterns = ["!tests/.*"] }]
    vendored  = [{ pip_requirements = "${path.module}/requirements.txt", prefix_in_zip = "vendor" }, "${path.module}/src/app.py"]
  }
}

module "orders" {
  source      = "./package"
  for_each    = local.forms
  name        = each.key
  source_path = each.value
}

module "existing" {
  source                 = "./package"
  name                   = "existing"
  source_path            = "${path.module}/src"
  local_existing_package = "${path.module}/package.zip"
}
