package lib.text_test

import data.lib.text

test_names if {
	text.names({"a"}) == "a"
	text.names({"b", "a"}) == "a and b"
	text.names({"c", "b", "a"}) == "a, b and c"
	text.names({"d", "c", "b", "a"}) == "a, b, c and 1 more"
}

test_functions if {
	text.functions({"b", "a"}) == "a and b"
	text.functions(set()) == "its function"
}

test_resource if {
	text.resource("Api") == "Api"
	text.resource("aws_lambda_function.api") == "aws_lambda_function.api"
	text.resource("aws_lambda_function.api[0]") == "aws_lambda_function.api"
	text.resource(`module.x["a]\"b"].aws_lambda_function.api["c.d"]`) == "module.x.aws_lambda_function.api"
}
