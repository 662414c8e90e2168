package rewrite

import (
	"fmt"
	"strings"
)

// unknownWraps put a constant where an unknown value decides between equal ones.
func unknownWraps() []namedWrap {
	of := func(name, format string) namedWrap {
		return namedWrap{name, func(d *declarations, c constant) string {
			if !c.value.IsKnown() {
				return ""
			}
			unknown := d.name()
			d.add("variable %q {}\n", unknown)
			return fmt.Sprintf(format, unknown, c.inline())
		}}
	}
	return []namedWrap{
		{"field of local values by an unknown key", func(d *declarations, c constant) string {
			if !c.value.IsKnown() {
				return ""
			}
			unknown, maps := d.name(), d.name()
			d.add("variable %q {}\nlocals {\n%s = {\na = { v = %s, n = 1 }\nb = { v = %s, n = 2 }\n}\n}\n", unknown, maps, c.inline(), c.inline())
			return fmt.Sprintf("local.%s[var.%s].v", maps, unknown)
		}},
		{"field of a local value of a conditional", func(d *declarations, c constant) string {
			if !c.value.IsKnown() {
				return ""
			}
			unknown, maps := d.name(), d.name()
			d.add("variable %q {}\nlocals {\n%s = var.%s ? { v = %s, n = 1 } : { v = %s, n = 2 }\n}\n", unknown, maps, unknown, c.inline(), c.inline())
			return fmt.Sprintf("local.%s.v", maps)
		}},
		of("conditional of an unknown with equal branches", "var.%[1]s ? %[2]s : %[2]s"),
		of("conditionals of an unknown with equal branches", "var.%[1]s == 1 ? %[2]s : (var.%[1]s == 2 ? %[2]s : %[2]s)"),
		of("local value by an unknown with equal branches", "[for v in [1] : var.%[1]s == v ? %[2]s : %[2]s][0]"),
		of("list of equal items by an unknown index", "[%[2]s, %[2]s][var.%[1]s]"),
		of("element of equal items by an unknown index", "element([%[2]s, %[2]s], var.%[1]s)"),
		of("map of equal values by an unknown key", `{ a = %[2]s, b = %[2]s }[var.%[1]s]`),
		of("field of maps by an unknown key", `{ a = { v = %[2]s, n = 1 }, b = { v = %[2]s, n = 2 } }[var.%[1]s].v`),
		of("field of lookup of maps by an unknown key", `lookup({ a = { v = %[2]s, n = 1 }, b = { v = %[2]s, n = 2 } }, var.%[1]s, { v = %[2]s }).v`),
		of("field of a conditional of maps", `(var.%[1]s ? { v = %[2]s, n = 1 } : { v = %[2]s, n = 2 }).v`),
		of("lookup of equal values by an unknown key", `lookup({ a = %[2]s, b = %[2]s }, var.%[1]s, %[2]s)`),
	}
}

// partitionWraps write the partition of an ARN as an unknown value.
func partitionWraps() []namedWrap {
	of := func(name, format string) namedWrap {
		return namedWrap{name, func(d *declarations, c constant) string {
			if !c.isString() {
				return ""
			}
			rest, ok := strings.CutPrefix(c.value.AsString(), "arn:aws:")
			if !ok {
				return ""
			}
			data := d.name()
			d.add("data \"aws_partition\" %q {}\n", data)
			half := middle(rest)
			return fmt.Sprintf(format, "data.aws_partition."+data+".partition", strings.Trim(quoted(rest), `"`), quoted(rest[:half]), quoted(rest[half:]))
		}}
	}
	return []namedWrap{
		of("the partition in a template", `"arn:${%[1]s}:%[2]s"`),
		of("the partition by join", `join(":", ["arn", %[1]s, "%[2]s"])`),
		of("the partition by join of pieces", `join("", ["arn:", %[1]s, ":", %[3]s, %[4]s])`),
		of("the partition by format", `format("arn:%%s:%%s%%s", %[1]s, %[3]s, %[4]s)`),
		of("the partition in a template of templates", `"${"arn:${%[1]s}:"}${"${%[3]s}${%[4]s}"}"`),
		of("the partition by replace", `replace("arn:PARTITION:%[2]s", "PARTITION", %[1]s)`),
	}
}
