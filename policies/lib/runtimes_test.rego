package lib.runtimes_test

import data.lib.runtimes

on(today, soon) := {"today": today, "settings": {"soon": soon}}

test_stage if {
	now := on("2026-11-24", "2027-05-23")
	every c in [
		["nodejs12.x", "update-blocked"],
		["go1.x", "create-blocked"],
		["dotnet8", "deprecated"],
		["dotnet7", "deprecated"], # never had a date of blocking
		["ruby3.3", "deprecating"],
	] {
		runtimes.stage(c[0]) == c[1] with input as now
	}
	every supported in ["nodejs24.x", "python3.15", "custom", "cobol"] {
		not runtimes.stage(supported) with input as now
	}
}

test_stage_on_the_day if {
	runtimes.stage("nodejs24.x") == "deprecated" with input as on("2028-04-30", "2028-10-27")
	runtimes.stage("nodejs24.x") == "deprecating" with input as on("2028-04-29", "2028-10-26")
	runtimes.stage("nodejs24.x") == "update-blocked" with input as on("2028-07-01", "2028-12-28")
}

test_unsupported if {
	now := on("2026-11-24", "2027-05-23")
	runtimes.unsupported("go1.x") with input as now
	not runtimes.unsupported("ruby3.3") with input as now
}

test_successor if {
	runtimes.successor("java11") == "java11.al2023"
	runtimes.successor("java25") == ""
	runtimes.successor("cobol") == ""
}
