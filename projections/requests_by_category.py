"""What do people ask for, by category, and what became of it?"""

from casework.projection import case, requests

tally = requests(case, case.category, titles={"zh": "各事项类别诉求", "en": "Requests by category"}, code="road")
