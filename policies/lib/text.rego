# METADATA
# description: How messages are worded.
package lib.text

# most is how many names a message lists before it counts the rest.
most := 3

# names lists names in their order: a; a and b; a, b and c; a, b, c and 4 more.
names(set) := text if {
	count(set) <= most
	sorted := sort(set)
	head := array.slice(sorted, 0, count(sorted) - 1)
	text := concat(" and ", [part | some part in [concat(", ", head), sorted[count(sorted) - 1]]; part != ""])
}

names(set) := text if {
	count(set) > most
	head := array.slice(sort(set), 0, most)
	text := $"{concat(", ", head)} and {count(set) - most} more"
}

# resource is the id of a resource without the keys of its instances: all that count and
# for_each make of one resource have it in common.
resource(id) := regex.replace(id, `\[("([^"\\]|\\.)*"|[^\]]*)\]`, "")
