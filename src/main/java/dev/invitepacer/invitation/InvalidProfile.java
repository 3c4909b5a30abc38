package dev.invitepacer.invitation;

/**
 * Says that a pasted text is no LinkedIn profile. The message is a sentence for its author: what it is, how to mend it.
 * It never repeats the text.
 */
public final class InvalidProfile extends IllegalArgumentException {

    static final String EMPTY = "The profile is empty:"
            + " give the address of a LinkedIn profile, such as https://www.linkedin.com/in/jane-doe.";
    static final String COMPANY = "This is the page of a company, school or group, and invitations go to people:"
            + " open the person's own profile and copy its address, https://www.linkedin.com/in/….";
    static final String SEARCH = "This is a page of LinkedIn's search, Sales Navigator or Recruiter:"
            + " open the person's public profile from there and copy its address, https://www.linkedin.com/in/….";
    static final String MEMBER_ID = "This is LinkedIn's internal member id, as Sales Navigator exports it:"
            + " open the link in a browser and copy the address that it turns into, https://www.linkedin.com/in/….";
    static final String ANOTHER_SITE = "This link leads to another website:"
            + " give the address of a LinkedIn profile, https://www.linkedin.com/in/….";
    static final String SHORT_LINK = "This is a short link, which could lead anywhere:"
            + " open it and copy the address that it leads to, https://www.linkedin.com/in/….";
    static final String NOT_A_PROFILE = "This is not the address of a LinkedIn profile:"
            + " copy it from the person's profile page, https://www.linkedin.com/in/ and a name.";
    static final String DANGEROUS = "The profile holds characters that no LinkedIn profile has,"
            + " such as spaces, dots, quotes or invisible ones: copy the address again from the profile page.";
    static final String BROKEN_ENCODING =
            "The profile's percent-encoding is broken:" + " copy the address again from the browser's address bar.";
    static final String TOO_LONG = "The profile is too long: its name has at most " + Slug.MAX_LENGTH
            + " characters, so copy the address again from the profile page.";

    InvalidProfile(String sentence) {
        super(sentence);
    }
}
