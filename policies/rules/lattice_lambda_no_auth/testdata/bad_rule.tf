resource "aws_vpclattice_service" "shop" {
  name      = "shop"
  auth_type = "NONE" # want "forwards requests to a function without authentication: its auth type is NONE"
}

resource "aws_vpclattice_target_group" "orders" {
  name = "orders"
  type = "LAMBDA"
}

resource "aws_vpclattice_listener" "shop" {
  name        = "shop"
  protocol    = "HTTPS"
  service_arn = aws_vpclattice_service.shop.arn

  default_action {
    fixed_response {
      status_code = 404
    }
  }
}

resource "aws_vpclattice_listener_rule" "orders" {
  name                = "orders"
  priority            = 1
  service_identifier  = aws_vpclattice_service.shop.id
  listener_identifier = aws_vpclattice_listener.shop.listener_id

  action {
    forward {
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.orders.id
      }
    }
  }

  match {
    http_match {
      method = "GET"
    }
  }
}
