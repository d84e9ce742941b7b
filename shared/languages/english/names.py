"""First names and surnames as people in India spell them in Latin letters.

Spelled letters are whole when they are one of them, and go on while they only begin some. A name
that is missing costs its caller a pause; so does a rare one that begins with a common one.
"""

from shared.languages.word_lists import words

_MEN = """
    aakash aarav abdul abhijit abhinav abhishek adil aditya ahmed ajay ajit ajith akash akhil
    akshay albert alok aman amar amit amol amrit anand anil aniket anirudh ankit ankur anoop ansh
    anthony anuj anup anurag arav arif arjun arun arvind ashish ashok ashwin asif atul ayush azhar
    babu balaji baldev balwinder bharat bhaskar bhavesh bhupinder bilal chandan chandra chetan
    chirag daniel darshan deepak dev devendra dhananjay dharmendra dheeraj dilip dinesh dipak
    farhan feroz ganesh gaurav gautam george girish gopal gopinath govind gurpreet gurmeet harish
    hardik hari harpreet harsh hemant hitesh hussain ibrahim imran irfan ishaan jacob jagdish jai
    jaspreet jatin javed jay jayesh jeevan jignesh jitendra john joseph kabir kailash kamal karan
    karthik kartik kiran kishore krishna kuldeep kumar kunal lalit laxman lokesh mahesh manav
    mandeep manish manjunath manoj mayank mehul milind mithun mohan mohammed mohit mukesh murali
    murugan nadeem nagaraj nagesh narayan narendra naresh naveen navin neeraj nikhil nilesh nitesh
    nitin omkar pankaj paresh pawan pavan peter prabhakar pradeep prakash pramod pranav prasad
    prashant prateek praveen pravin prem puneet rafiq raghav raghu rahim rahul raj raja rajan
    rajat rajeev rajendra rajesh rajinder raju rakesh ram raman ramesh ranjit ranveer rashid ravi
    ravindra rehan ritesh robert rohan rohit roshan sachin sagar sahil sai sajid salim salman
    sameer samir sandeep sanjay sanjeev santosh sarath sathish satish saurabh senthil shahid
    shailesh shankar shashank shivam shiv shreyas shubham siddharth sohail sourav srikanth
    srinivas subhash subramanian sudhir suhas sumit sunil suraj surendra suresh surya sushant
    swapnil syed tarun tejas thomas tushar uday umesh utkarsh vaibhav varun vasant venkat
    venkatesh vicky vignesh vijay vikas vikram vimal vinay vineet vinod vipin vipul viraj vishal
    vishnu vivek wasim yash yogesh yusuf zahid zaheer
"""
_WOMEN = """
    aaradhya aarti aarushi aditi aisha aishwarya akanksha alka amala amina amrita amruta ananya
    anita anjali anju ankita anusha anushka aparna archana arpita arti asha ashwini asma ayesha
    bhagya bharati bharti bhavana bhavya bindu chaitra chandni chitra deepa deepika deepti devi
    dhanya divya ekta fatima farah gauri gayatri geeta geetha gita harshita heena hema hemlatha
    indira isha ishita jasmin jasmine jaya jayanthi jyothi jyoti kajal kala kalpana kalyani kamala
    kamini kanchan karishma kavita kavitha kavya khushi kirti komal kriti kusum lakshmi lalita
    latha lata lavanya laxmi leela madhavi madhu madhuri malathi mallika mamta manisha manju
    manjula maria mary maya meena meenakshi meera megha mehak mira mona mumtaz nagma naina nalini
    namrata nandini nandita nasreen neelam neeta neetu neha nidhi nikita nirmala nisha nita nithya
    padma pallavi parul parvati parveen payal pinky pooja poonam prachi pragya pratibha preeti
    priya priyanka puja pushpa rachna radha radhika rajni rakhi rama rani rashmi rekha renu renuka
    reshma revathi rhea richa ritu riya rohini roopa roshni rubina ruchi rukmini rupa sabina sadhana
    sakshi salma sana sangeeta sania sanjana saraswati sarah sarita saroj savita seema shabana
    shaheen shalini shanti sharmila sheetal sheela shilpa shobha shraddha shreya shruthi shruti
    simran sita smita sneha sonal sonali sonam sonia sridevi suchitra sudha sujata suman sumathi
    sunita supriya surbhi sushila sushma swati swathi sweta shweta tanvi tara teresa trisha
    trupti tulsi uma urmila usha vaishali vandana vanita varsha vasudha veena vidya vijaya vimala
    vineeta yamini yasmin zainab zeenat zoya
"""
_SURNAMES = """
    acharya agarwal aggarwal agrawal ahluwalia ahuja alam ali anand ansari arora aziz babu bajaj
    bajwa banerjee bansal barua basu begum bedi bhalla bhandari bhardwaj bhargava bhat bhatia
    bhatnagar bhatt bhattacharya bhattacharjee biswas bora borah bose chacko chahal chakraborty
    chandran chatterjee chaturvedi chaudhary chaudhari chauhan chavan cherian chopra choudhary
    choudhury chowdhury dalal das dasgupta datta dayal deka desai deshmukh deshpande devan dhawan
    dhillon dixit dubey dutta dutt fernandes fernandez gandhi ganguly garg george ghosh gill goel
    gogoi gokhale gonsalves gowda goyal grover gupta hegde hazarika iyengar iyer jadhav jain jha
    jindal joshi kadam kakkar kamath kamble kapadia kapoor kapur kaul kaur khan khanna kohli
    kothari krishnan krishnamurthy kulkarni kurian kurup lal lamba lobo mahajan mahato
    maheshwari malhotra malik mandal mani mathew mathur mehra mehta menon mishra misra mistry mitra
    modi mohanty mondal more mukherjee murthy murugesan nadar nagar naidu naik nair nambiar nanda
    narang narayanan nayak nayar negi padhi pai pal panda pande pandey pandit panicker parekh
    parikh parmar patel pathak patil patnaik pawar philip pillai pinto prabhu prajapati pradhan
    puri qureshi radhakrishnan raghavan rai raina rajput ramachandran raman ramaswamy rana
    ranganathan rao rastogi rathi rathod rathore raut rautela rawat ray reddy rodrigues roy sachdeva
    sahoo sahni sahu saini saha samuel sandhu sarkar sarma sawant saxena sen sengupta seth sethi
    shah shaikh sharma shastri sheikh shekhar shenoy shetty shinde shirke shukla siddiqui sidhu
    singh singhal sinha solanki soni sood srinivasan srivastava subramaniam subramanian suri swamy
    swaminathan talwar tandon thakkar thakur thapa thomas tiwari tripathi trivedi tyagi upadhyay
    vaidya varghese varma vasudevan venkataraman venkatesan verma vohra vyas wadhwa walia wagh
    yadav zaidi
"""
_WESTERN = """
    alex alice amy andrew anna anne benjamin brian charles chris christopher david elizabeth emma
    eric frank james jennifer jessica jones kevin laura linda lisa mark martin michael nancy
    patrick paul rachel richard rose ryan sam sandra sharon smith sophia stephen steve susan
    victor vincent william wilson brown taylor
"""

NAMES = words(_MEN + _WOMEN + _SURNAMES + _WESTERN)
