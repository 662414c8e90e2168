package lib.logs_test

import data.lib.logs

fn(id, name) := {"id": id, "name": name, "role": {"targets": []}, "logging": {"group": {"absent": true, "targets": []}}}

group(name, functions) := {"name": name, "function": {"targets": functions}}

stack(functions, groups) := {"functions": functions, "log_groups": groups, "roles": []}

test_named_like_function if {
	s := stack([fn("Orders", {"value": "orders"})], [group({"value": "/aws/lambda/orders"}, [0])])
	logs.of == {0: {0}} with input as s
	logs.without == set() with input as s
	logs.stray == {} with input as s
}

test_stray if {
	s := stack([fn("Orders", {"value": "shop"})], [group({"value": "/aws/lambda/Orders"}, [])])
	logs.without == {0} with input as s
	logs.stray == {0: "Orders"} with input as s
	logs.meant == {0: {0}} with input as s
}

test_stray_label if {
	s := stack([fn("module.shop.aws_lambda_function.orders[\"a.b\"]", {"value": "shop"})], [group({"value": "/aws/lambda/orders"}, [])])
	logs.meant == {0: {0}} with input as s
}

test_stray_is_no_function if {
	s := stack([fn("Orders", {"value": "shop"})], [group({"value": "/api/Orders"}, []), group({"value": "/aws/lambda/us-east-1.Orders"}, [])])
	logs.without == {0} with input as s
	logs.stray == {} with input as s
}

# The unknown end of a name can make the log group that of the function.
test_unknown_group if {
	every name in [{"unknown": true}, {"unknown": true, "prefix": "/aws/lambda/"}, {"unknown": true, "prefix": "/aws/", "suffix": "-orders"}] {
		s := stack([fn("Orders", {"value": "shop-orders"})], [group(name, [])])
		logs.without == set() with input as s
	}
	every name in [{"unknown": true, "prefix": "/api/"}, {"unknown": true, "suffix": "-returns"}] {
		s := stack([fn("Orders", {"value": "shop-orders"})], [group(name, [])])
		logs.without == {0} with input as s
	}
}

# The names of the log group and the function contain the same unknown part, or it leads elsewhere.
test_elsewhere if {
	own := {"unknown": true, "prefix": "/aws/lambda/Orders-", "symbol": "/aws/lambda/Orders-${Stage}"}
	g := {"name": own, "function": {"unknown": true, "outside": true, "targets": []}}
	s := stack([fn("Orders", {"unknown": true, "prefix": "orders-", "symbol": "orders-${Stage}"})], [g])
	logs.without == {0} with input as s
	logs.stray == {0: "Orders-${Stage}"} with input as s
	open := stack([fn("Orders", {"unknown": true})], [{"name": own, "function": {"unknown": true, "targets": []}}])
	logs.without == set() with input as open
	logs.stray == {} with input as open
}

test_unknown_function if {
	every name in [{"unknown": true}, {"unknown": true, "suffix": "rders"}] {
		s := stack([fn("Orders", name)], [group({"value": "/aws/lambda/orders"}, [])])
		logs.without == set() with input as s
		logs.stray == {} with input as s
	}
	s := stack([fn("Orders", {"unknown": true, "prefix": "shop-"})], [group({"value": "/aws/lambda/orders"}, [])])
	logs.without == {0} with input as s
	logs.stray == {0: "orders"} with input as s
}

test_generated_name if {
	s := stack([fn("Orders", {"absent": true})], [group({"unknown": true, "prefix": "/aws/lambda/"}, [])])
	logs.without == set() with input as s
}
