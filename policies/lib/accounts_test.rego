package lib.accounts_test

import data.lib.accounts

stack(role) := {"functions": [{"role": {"targets": [], "value": role}}], "settings": {"trusted_accounts": ["210987654321"]}}

test_own if {
	accounts.own == {"123456789012"} with input as stack("arn:aws:iam::123456789012:role/orders")
	accounts.own == set() with input as stack("orders")
}

test_third_party if {
	accounts.third_party("444455556666") with input as stack("arn:aws:iam::123456789012:role/orders")
	every account in ["123456789012", "210987654321"] {
		not accounts.third_party(account) with input as stack("arn:aws:iam::123456789012:role/orders")
	}
}

test_the_example_account_is_unknown if {
	not accounts.third_party("111122223333") with input as {"functions": [], "settings": {"trusted_accounts": []}}
}
