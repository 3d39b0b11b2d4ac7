"""What do people ask for, by channel, and what became of it?"""

from casework.projection import case, requests

tally = requests(case, case.channel, titles={"zh": "各渠道诉求", "en": "Requests by channel"}, code="hotline")
