# METADATA
# description: Parts of messages.
package lib.text

# most is the number of names that a message lists before it counts the rest.
most := 3

# names joins a non-empty set of names in sorted order: a; a and b; a, b and c; a, b, c and 4 more.
names(set) := name if {
	count(set) == 1
	some name in set
}

names(set) := text if {
	count(set) > 1
	count(set) <= most
	sorted := sort(set)
	head := array.slice(sorted, 0, count(sorted) - 1)
	text := $"{concat(", ", head)} and {sorted[count(sorted) - 1]}"
}

names(set) := text if {
	count(set) > most
	head := array.slice(sort(set), 0, most)
	text := $"{concat(", ", head)} and {count(set) - most} more"
}

# functions joins the names of the functions that a resource sends to, of which none may be in the template.
functions(set) := names(set) if count(set) > 0

functions(set) := "its function" if count(set) == 0

# resource is the id of a resource without the keys of its instances. All instances that count and
# for_each create of one resource have the same.
resource(id) := regex.replace(id, `\[("([^"\\]|\\.)*"|[^\]]*)\]`, "")
