"""Briefs to search with: short ones over many niches, and long ones as agencies send them."""

SHORT = (
    "vegan meal prep for busy runners",
    "handmade ceramic mugs and slow pottery",
    "mechanical keyboards for programmers",
    "skincare for sensitive skin without fragrance",
    "cold brew coffee for people who love the outdoors",
    "second-hand fashion and wardrobe repair",
    "budget travel by train through Europe",
    "home automation with open hardware",
    "board games for two players",
    "puppy training with positive reinforcement",
    "natural hair care and curly hair routines",
    "beginner strength training at home",
    "electric cars and charging on long trips",
    "film photography with old cameras",
    "gluten free baking for families",
    "small apartment interior design ideas",
    "makeup tutorials for everyday looks",
    "street food in Mexico and Thailand",
    "guitar lessons and songwriting",
    "reviews of new smartphones and laptops",
    "horror movies explained",
    "personal finance and saving for beginners",
    "fishing trips and tackle reviews",
    "wedding dresses and bridal style",
    "crafts for kids on rainy days",
    "football highlights and transfer news",
    "learning Japanese as an adult",
    "mountain biking trails and bike repair",
    "aquarium plants and tropical fish",
    "true crime stories told calmly",
    "astronomy and telescopes for beginners",
    "yoga for a stiff back",
    "retro game consoles and repairs",
    "luxury watches and collecting",
    "minimalist living and decluttering",
    "Korean skincare and beauty products",
    "woodworking with hand tools",
    "science experiments explained simply",
    "parenting with newborn twins",
    "festival fashion and sneakers",
)

LONG = (
    "We make a plant based protein powder without sweeteners and look for creators whose followers cook at "
    "home, train a few times a week and care about honest labels. No bodybuilding shows, no crash diets, no "
    "giveaway pages. Instagram or YouTube, people who answer their comments and show what really happens in "
    "the kitchen.",
    "Our small studio sells handmade ceramic mugs and plates that last. We want slow living, pottery and "
    "interior creators with a warm tone who film the making of things, drink coffee or tea on camera, and "
    "whose audience buys from makers rather than big shops. Long videos are welcome, discount codes are not.",
    "For the launch of a quiet mechanical keyboard we are looking for reviewers, programmers and people who "
    "show their desk setups, explain switches and keycaps with sound tests, and have viewers that ask "
    "detailed questions. Gaming is fine when the hardware is the topic, but no betting and no loot boxes.",
    "A family run campsite by a lake wants to invite creators who travel with a van or a tent, love simple "
    "food outdoors, swim in cold water and show places without crowds. We offer a week in spring, and would "
    "like honest films about rain, mud, children and dogs rather than perfect sunsets.",
)
"""About sixty tokens of the default encoder each."""
